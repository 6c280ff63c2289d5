/** Pages cut out of long lists, for every domain that lets its past be read back. */
@NullMarked
package dev.realtime.page;

import org.jspecify.annotations.NullMarked;
