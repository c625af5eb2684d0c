package dev.millrace.networks;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A hidden layer. The output layer is not written: the task implies it.
 *
 * <p>A row enters as a flat vector. {@link Sequence} makes a sequence of it, which the layers for sequences need; {@link Pool} or
 * {@link Flatten} makes a flat vector again, which the output layer needs. Steps of a sequence may be absent (see {@link
 * Sequence}); a layer computes as if there were only those that are present. T: steps, C: channels of the layer before, U: units.
 */
public sealed interface LayerSpec extends Serializable {

    /** What weights of a network must fit, for people: {@code 64}, {@code lstm 32}; empty for dropout. */
    default String form() {
        if (this instanceof Dense dense) {
            return Integer.toString(dense.units());
        } else if (this instanceof Dropout) {
            return "";
        } else if (this instanceof Sequence sequence) {
            return sequence.steps() + (sequence.masked() ? " marked steps" : " steps");
        } else if (this instanceof Lstm lstm) {
            return "lstm " + lstm.units();
        } else if (this instanceof Gru gru) {
            return "gru " + gru.units();
        } else if (this instanceof Convolution convolution) {
            return "convolution " + convolution.width() + " wide " + convolution.filters();
        } else if (this instanceof Attention attention) {
            return "attention " + attention.units();
        } else if (this instanceof Pool pool) {
            return "pool " + pool.pooling().name().toLowerCase(Locale.ROOT);
        } else if (this instanceof Flatten) {
            return "flatten";
        } else if (this instanceof LayerNormalization) {
            return "normalize layer";
        } else if (this instanceof BatchNormalization) {
            return "normalize batch";
        } else if (this instanceof Residual residual) {
            return forms(residual.layers(), "residual (", ")");
        } else if (this instanceof Branches branches) {
            return branches.formOfAll();
        }
        throw new AssertionError("no form of " + this);
    }

    /** Every unit sees every value of the layer before; of a sequence every unit sees one step, all steps alike: [T, U]. */
    record Dense(int units, Activation activation) implements LayerSpec {
        public Dense {
            if (units < 1) {
                throw new IllegalArgumentException(
                        "dense.units must be at least 1, got " + units + "; set it to the width of the layer, e.g. 64");
            }
        }
    }

    /**
     * While training, sets each value of the layer before to zero with probability {@code rate} and multiplies the others by
     * 1 / (1 − rate) (Srivastava et al. 2014, inverted). Does nothing when scoring.
     */
    record Dropout(float rate) implements LayerSpec {
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("dropout.rate must be at least 0 and below 1, got " + rate
                        + "; set it to the share of values to drop, e.g. 0.2");
            }
        }
    }

    /**
     * Takes the row as a sequence: the values of the first step, then those of the second, ….
     *
     * @param steps T, of which the row's width is a multiple
     * @param masked whether the first value of each step says if it is present: 0 if not. This value is no channel. Only
     *     for the first layer, of the network or of a branch, whose inputs must not be standardised in the place of marks. Steps that are absent may stand anywhere and hold anything: the others move together, in their order, to the end
     */
    record Sequence(int steps, boolean masked) implements LayerSpec {
        public Sequence {
            requirePositive("sequence.steps", steps, "set it to the number of steps in a row, e.g. 10");
        }
    }

    /**
     * Long short-term memory (Hochreiter and Schmidhuber 1997, with forget gates, no peepholes): [T, U], the output at each step.
     * i, f, o = σ(x·W + h·R + b), g = tanh(x·W + h·R + b); c ← f·c + i·g; h ← o·tanh(c); both start at 0.
     */
    record Lstm(int units) implements LayerSpec {
        public Lstm {
            requirePositive("lstm.units", units, "set it to the width of the layer, e.g. 32");
        }
    }

    /**
     * Gated recurrent unit (Cho et al. 2014): [T, U], the output at each step. r, z = σ(x·W + h·R + b); g = tanh(x·W + (r·h)·R + b);
     * h ← z·h + (1 − z)·g, from 0 on.
     */
    record Gru(int units) implements LayerSpec {
        public Gru {
            requirePositive("gru.units", units, "set it to the width of the layer, e.g. 32");
        }
    }

    /**
     * Sees {@code width} neighbouring steps at once: [⌈T / stride⌉, filters]. Beyond the ends of the sequence are zeros. With a
     * stride every stride-th position is kept, counted back from the last one.
     */
    record Convolution(int filters, int width, Padding padding, int stride, Activation activation)
            implements LayerSpec {
        public Convolution {
            requirePositive("convolution.filters", filters, "set it to the width of the layer, e.g. 16");
            requirePositive("convolution.width", width, "set it to the number of steps seen at once, e.g. 3");
            requirePositive("convolution.stride", stride, "leave it at 1");
        }
    }

    /** Which steps a position of a convolution sees. */
    enum Padding {
        /** As many before it as after it; one more after it if the width is even. */
        SAME,
        /** Itself and the steps before. */
        CAUSAL
    }

    /**
     * Every step looks at every step (Vaswani et al. 2017): [T, U]. Of each head: softmax(q·kᵀ / √(U / heads))·v with q, k, v = x·Q, x·K,
     * x·V; the heads side by side times O. No biases.
     */
    record Attention(int heads, int units) implements LayerSpec {
        public Attention {
            requirePositive("attention.heads", heads, "set it to a divisor of units, e.g. 2");
            requirePositive("attention.units", units, "set it to the width of the layer, e.g. 32");
            if (units % heads != 0) {
                throw new IllegalArgumentException("attention.units must be a multiple of attention.heads, got " + units
                        + " and " + heads + "; make every head equally wide");
            }
        }
    }

    /** One value per channel of a sequence: [C]; zeros of a sequence without a step. */
    record Pool(Pooling pooling) implements LayerSpec {}

    /** What {@link Pool} keeps. */
    enum Pooling {
        MAX,
        MEAN,
        /** The last step. */
        LAST
    }

    /** The steps of a sequence side by side: [T·C]; zeros for those that are absent, which come first. */
    record Flatten() implements LayerSpec {}

    /**
     * γ·(x − mean) / √(variance + 1e-5) + β over the values of a flat row, or over the channels of each step (Ba et al. 2016). γ, β:
     * {@code [C]}, from 1 and 0 on.
     */
    record LayerNormalization() implements LayerSpec {
        public static final float EPSILON = 1e-5f;
    }

    /**
     * γ·(x − mean) / √(variance + 1e-5) + β of each channel over the rows of the mini-batch, and their steps (Ioffe and Szegedy 2015).
     * Scoring uses running statistics, part of the parameters: 0.9 of the old and 0.1 of the mini-batch after each update. A
     * mini-batch that shows a channel only once has no variance: it is normalised with the running statistics too and leaves
     * them. Row weights do not weigh here.
     */
    record BatchNormalization() implements LayerSpec {
        public static final float EPSILON = 1e-5f;
        public static final float KEPT = 0.9f;
    }

    /** x + layers(x) (He et al. 2016). The layers end in the shape that they begin with. */
    record Residual(List<LayerSpec> layers) implements LayerSpec {
        public Residual {
            layers = List.copyOf(layers);
            if (layers.isEmpty()) {
                throw new IllegalArgumentException(
                        "residual.layers must not be empty, got []; list the layers that the input is added to");
            }
        }
    }

    /**
     * Parts of the row, each through layers of its own, and joined. Only as the first layer.
     *
     * @param branches in the order of their inputs in the row, all of which they take together. The inputs that belong to no
     *     sequence are a branch without layers
     * @param deep layers beside the term of {@link Join#FM}, to a flat vector; empty with any other join
     */
    record Branches(List<Branch> branches, Join join, List<LayerSpec> deep) implements LayerSpec {
        public Branches {
            branches = List.copyOf(branches);
            deep = List.copyOf(deep);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException(
                        "model.branches must not be empty, got []; leave it out or name the inputs of a branch");
            }
            if (join != Join.FM && !deep.isEmpty()) {
                throw new IllegalArgumentException(
                        "model.join must be fm for layers beside it, got " + join + "; put them behind the branches");
            }
        }

        /** Without layers beside what joins them. */
        public Branches(List<Branch> branches, Join join) {
            this(branches, join, List.of());
        }

        /** Two that compute alike from the same weights have the same form, others that fit them do not. */
        private String formOfAll() {
            String name = join == Join.CONCAT ? "" : join.name().toLowerCase(Locale.ROOT) + " of ";
            String all = branches.stream()
                    .map(branch -> branch.form(join))
                    .collect(Collectors.joining(" | ", name + "branches (", ")"));
            return deep.isEmpty() ? all : forms(deep, all + " beside (", ")");
        }
    }

    /**
     * A part of the row.
     *
     * @param name for messages
     * @param inputs how many values of the row are its own, side by side
     * @param layers what they go through, to a flat vector; none lets them through as they are. May begin with a masked {@link
     *     Sequence}
     * @param rest whether this is no partner of a join but stands beside what {@link Join#DOT} or {@link Join#FM} makes of the
     *     others
     */
    record Branch(String name, int inputs, List<LayerSpec> layers, boolean rest) implements Serializable {
        public Branch {
            layers = List.copyOf(layers);
            requirePositive("model.branches." + name + ".inputs", inputs, "leave out a branch without inputs");
        }

        /** A partner of every join. */
        public Branch(String name, int inputs, List<LayerSpec> layers) {
            this(name, inputs, layers, false);
        }

        /** Inputs that go through as they are, beside every join. */
        public static Branch rest(int inputs) {
            return new Branch("rest", inputs, List.of(), true);
        }

        private String form(Join join) {
            String beside = rest && join != Join.CONCAT ? "rest " : "";
            return forms(layers, beside + inputs + (layers.isEmpty() ? "" : ": "), "");
        }
    }

    /** What becomes of the flat vectors that {@link Branches} end in. Joins have no parameters. */
    enum Join {
        /** All stand side by side, in their order. */
        CONCAT,
        /**
         * Of exactly two branches a and b of one width k, Σ_f a_f·b_f; behind it the rest, in its order: {@code [1 + rest]}. Two
         * towers; of embeddings with biases in the rest, matrix factorisation (Koren, Bell and Volinsky 2009).
         */
        DOT,
        /**
         * The second-order term of a factorisation machine (Rendle 2010, equation 5, the values of inputs already in the vectors): of two
         * or more branches v_i of one width k, Σ_{i&lt;j} v_i·v_j = ½·Σ_f((Σ_i v_if)² − Σ_i v_if²); behind it the rest, in its order, and
         * what layers beside it ({@link Branches#deep}) make of all branches and the rest side by side: {@code [1 + rest + deep]}. With
         * such layers a DeepFM (Guo et al. 2017).
         */
        FM
    }

    /** One after the other, without those that leave no trace in the weights. */
    private static String forms(List<LayerSpec> layers, String prefix, String suffix) {
        return layers.stream()
                .map(LayerSpec::form)
                .filter(form -> !form.isEmpty())
                .collect(Collectors.joining(" → ", prefix, suffix));
    }

    private static void requirePositive(String key, int value, String remedy) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, got " + value + "; " + remedy);
        }
    }
}
