/** The runner's own users: who they are, how they prove it, and the tokens they get for it. */
@NullMarked
package dev.realtime.runner.account;

import org.jspecify.annotations.NullMarked;
