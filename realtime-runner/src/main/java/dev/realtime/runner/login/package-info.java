/** The pages of the server itself: login, health and version. */
@NullMarked
package dev.realtime.runner.login;

import org.jspecify.annotations.NullMarked;
