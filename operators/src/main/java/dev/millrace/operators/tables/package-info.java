/** A stateless step in front of all that read fields: what files say of an event's items and users joins the event. */
@NullMarked
package dev.millrace.operators.tables;

import org.jspecify.annotations.NullMarked;
