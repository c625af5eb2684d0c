/**
 * Quality as the investigators of card fraud see it: a budget of cards per day, and no credit for cards that are known already.
 * Pure; works on scores that are all at hand.
 */
@NullMarked
package dev.millrace.evaluation.cards;

import org.jspecify.annotations.NullMarked;
