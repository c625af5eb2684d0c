/**
 * Scores to alerts: whom to look at, and why. {@link dev.millrace.evaluation.alerts.AlertBook} keeps the days that are not
 * over, {@link dev.millrace.evaluation.alerts.DayBoard} the highest scores of one day, card by card;
 * {@link dev.millrace.evaluation.alerts.ReasonFinder} makes reasons of what each input contributed.
 */
@NullMarked
package dev.millrace.evaluation.alerts;

import org.jspecify.annotations.NullMarked;
