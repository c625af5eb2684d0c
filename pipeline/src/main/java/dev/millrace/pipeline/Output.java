package dev.millrace.pipeline;

import java.io.Serializable;

/** Where results go. The three topics are different ones, and none is an input. */
public record Output(String predictionsTopic, String metricsTopic, String deadLettersTopic, Delivery delivery)
        implements Serializable {}
