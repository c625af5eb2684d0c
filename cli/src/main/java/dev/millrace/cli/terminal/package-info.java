/** What a user sees while a command works. On standard error, so that standard output holds results alone. */
@NullMarked
package dev.millrace.cli.terminal;

import org.jspecify.annotations.NullMarked;
