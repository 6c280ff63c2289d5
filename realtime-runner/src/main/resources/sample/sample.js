// The page, part by part; each says what its buttons do.

import './connecting.js';
import './talking.js';
import './watching.js';
import './calling.js';
import './inbox.js';
