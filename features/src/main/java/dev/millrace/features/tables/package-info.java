/** What files say of an event's items and users joins the event before anything reads its fields. */
@NullMarked
package dev.millrace.features.tables;

import org.jspecify.annotations.NullMarked;
