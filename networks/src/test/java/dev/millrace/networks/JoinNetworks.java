package dev.millrace.networks;

import dev.millrace.networks.LayerSpec.Branch;
import dev.millrace.networks.LayerSpec.Branches;
import dev.millrace.networks.LayerSpec.Dense;
import dev.millrace.networks.LayerSpec.Dropout;
import dev.millrace.networks.LayerSpec.Join;
import java.util.ArrayList;
import java.util.List;

/** Networks whose branches are joined by more than standing side by side. */
public final class JoinNetworks {

    private JoinNetworks() {}

    /** Every shape of a recommender, of vectors around the widths of those of the CPU, and the same with other losses. */
    public static List<NetworkSpec> all() {
        List<NetworkSpec> specs = new ArrayList<>();
        for (int width : new int[] {1, 3, 17, 33}) {
            specs.add(factorisation(width));
            specs.add(towers(width));
            specs.add(machine(4, width));
            specs.add(deep(3, width));
        }
        NetworkSpec ratings = Networks.withTask(factorisation(5), Task.REGRESSION, 1, new LossSpec.MeanSquaredError());
        specs.add(ratings);
        specs.add(Networks.withTask(deep(3, 5), Task.MULTICLASS, 3, new LossSpec.CrossEntropy()));
        return specs;
    }

    /** Two vectors as they are, with a bias each. */
    public static NetworkSpec factorisation(int width) {
        return network(
                2 * width + 2,
                new Branches(
                        List.of(
                                Branch.rest(1),
                                new Branch("user", width, List.of()),
                                new Branch("item", width, List.of()),
                                Branch.rest(1)),
                        Join.DOT));
    }

    /** Two towers from other widths, and layers behind the product. */
    public static NetworkSpec towers(int width) {
        List<LayerSpec> user = List.of(new Dense(5, Activation.RELU), new Dense(width, Activation.TANH));
        return network(
                11,
                new Branches(
                        List.of(
                                new Branch("user", 4, user),
                                Branch.rest(2),
                                new Branch("item", 5, List.of(new Dropout(0.2f), new Dense(width, Activation.TANH)))),
                        Join.DOT),
                new Dense(3, Activation.TANH));
    }

    /** A factorisation machine whose vectors are the inputs. */
    public static NetworkSpec machine(int vectors, int width) {
        return network(vectors * width + 3, new Branches(branches(vectors, width), Join.FM));
    }

    /** The same with layers beside it. */
    public static NetworkSpec deep(int vectors, int width) {
        List<LayerSpec> layers = List.of(
                new Dropout(0.1f), new Dense(7, Activation.RELU), new Dropout(0.2f), new Dense(4, Activation.TANH));
        return network(vectors * width + 3, new Branches(branches(vectors, width), Join.FM, layers));
    }

    private static List<Branch> branches(int vectors, int width) {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < vectors; i++) {
            branches.add(new Branch("v" + i, width, List.of()));
        }
        branches.add(1, Branch.rest(3));
        return branches;
    }

    private static NetworkSpec network(int inputs, LayerSpec... layers) {
        return Networks.with(Networks.binary(inputs, Activation.RELU), List.of(layers));
    }
}
