package dev.millrace.cli.demo;

/** @param second of wall time since the start */
record Rate(double second, double eventsPerSecond) {}
