/** What the operator has set: the environment read once, checked whole, as records. */
@NullMarked
package dev.realtime.runner.settings;

import org.jspecify.annotations.NullMarked;
