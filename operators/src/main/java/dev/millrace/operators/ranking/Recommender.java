package dev.millrace.operators.ranking;

import dev.millrace.events.Recommendation;
import dev.millrace.events.Recommendation.Source;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.operators.ranking.TopItems.Ranked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests: the exact best k of all candidates. A user who has taken nothing yet gets the most popular items, and is told
 * so.
 */
final class Recommender {

    private final String modelName;
    private final CandidateRanker ranker;
    private final CandidateInputs inputs;

    Recommender(String modelName, CandidateRanker ranker, CandidateInputs inputs) {
        this.modelName = modelName;
        this.ranker = ranker;
        this.inputs = inputs;
    }

    /** @param model null if the shard has seen no event yet */
    Recommendation answer(
            RecommendationRequest request, Catalogue catalogue, UserItems user, @Nullable LiveModel model) {
        List<Item> excluded = known(catalogue, request.excluded());
        int unknown = request.excluded().size() - excluded.size();
        if (request.candidates().isEmpty()) {
            ranker.chooseAll(catalogue, user, excluded);
        } else {
            List<Item> candidates = known(catalogue, request.candidates());
            unknown += request.candidates().size() - candidates.size();
            ranker.chooseAmong(catalogue, candidates, user, excluded);
        }
        boolean byModel = model != null && user.count() > 0;
        if (byModel) {
            inputs.look(catalogue, user);
            ranker.score(model);
        } else {
            ranker.scoreByPopularity(catalogue);
        }
        return new Recommendation(
                modelName,
                request.id(),
                request.time(),
                request.shard(),
                request.user(),
                items(ranker.best(request.k())),
                byModel ? Source.MODEL : Source.POPULARITY,
                unknown,
                model == null ? 0 : model.weights().updates(),
                model == null ? Long.MIN_VALUE : model.newestLabelTime());
    }

    private static List<Item> known(Catalogue catalogue, List<String> ids) {
        List<Item> items = new ArrayList<>();
        for (String id : ids) {
            Item item = catalogue.find(id);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private static List<Recommendation.Item> items(Ranked[] best) {
        return Arrays.stream(best)
                .map(ranked -> new Recommendation.Item(ranked.item().id, ranked.score()))
                .toList();
    }
}
