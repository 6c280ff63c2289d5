/** What an operator can do on the command line besides starting the server. */
@NullMarked
package dev.realtime.runner.command;

import org.jspecify.annotations.NullMarked;
