/** What a run has shown, as one HTML page that needs no network and no other file. */
@NullMarked
package dev.millrace.cli.report;

import org.jspecify.annotations.NullMarked;
