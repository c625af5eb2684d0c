package dev.millrace.pipeline;

import dev.millrace.features.Feature;

/** A feature and the place that asks for it. */
record StatedFeature(Place place, Feature feature) {}
