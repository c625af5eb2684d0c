package dev.millrace.cli.simulator;

/**
 * How a customer pays.
 *
 * @param meanAmount in units of the currency
 * @param meanTransactions per day
 * @param terminals those within reach; may be empty
 */
record Customer(double meanAmount, double deviation, double meanTransactions, int[] terminals) {}
