package dev.millrace.networks.layers;

import dev.millrace.networks.LayerSpec.Pool;
import dev.millrace.networks.LayerSpec.Pooling;
import dev.millrace.networks.ParameterLayout.Stage;
import java.util.Arrays;

/** A sequence to one value per channel. Of equal values the earliest is the greatest. */
final class PoolLayer extends Layer {

    private final Pooling pooling;
    private final int channels;

    PoolLayer(Stage stage, Pool spec) {
        super(stage);
        this.pooling = spec.pooling();
        this.channels = stage.input().channels();
    }

    @Override
    protected void compute(float[] inputs, int[] inputPresent, int rows, Pass pass) {
        for (int row = 0; row < rows; row++) {
            int target = row * channels;
            Arrays.fill(values(), target, target + channels, 0);
            int end = (row + 1) * inputShape().size();
            for (int channel = 0; channel < channels && inputPresent[row] > 0; channel++) {
                int first = firstOfInput(inputPresent, row) + channel;
                values()[target + channel] = switch (pooling) {
                    case LAST -> inputs[end - channels + channel];
                    case MEAN -> mean(inputs, first, end, inputPresent[row]);
                    case MAX -> inputs[greatest(inputs, first, end)];
                };
            }
        }
    }

    private float mean(float[] inputs, int first, int end, int count) {
        float sum = 0;
        for (int i = first; i < end; i += channels) {
            sum += inputs[i];
        }
        return sum / count;
    }

    private int greatest(float[] inputs, int first, int end) {
        int greatest = first;
        for (int i = first; i < end; i += channels) {
            // A NaN is kept, so that it shows in the loss.
            if (inputs[i] > inputs[greatest] || Float.isNaN(inputs[i])) {
                greatest = i;
            }
        }
        return greatest;
    }

    @Override
    protected void differentiate(
            float[] inputs, int[] inputPresent, float[] deltas, int rows, Pass pass, float[] gradient) {
        for (int row = 0; row < rows; row++) {
            int end = (row + 1) * inputShape().size();
            for (int channel = 0; channel < channels && inputPresent[row] > 0; channel++) {
                float delta = deltas[row * channels + channel];
                int first = firstOfInput(inputPresent, row) + channel;
                switch (pooling) {
                    case LAST -> inputDeltas()[end - channels + channel] = delta;
                    case MAX -> inputDeltas()[greatest(inputs, first, end)] = delta;
                    case MEAN -> {
                        for (int i = first; i < end; i += channels) {
                            inputDeltas()[i] = delta / inputPresent[row];
                        }
                    }
                }
            }
        }
    }
}
