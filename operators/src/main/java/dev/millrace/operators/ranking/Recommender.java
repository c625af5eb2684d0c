package dev.millrace.operators.ranking;

import dev.millrace.events.Recommendation;
import dev.millrace.events.Recommendation.Source;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.operators.ranking.TopItems.Ranked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
    /** Null where the model is more than a product of vectors. */
    private final @Nullable VectorSearch search;

    Recommender(RankingOptions options, CandidateRanker ranker, CandidateInputs inputs) {
        this.modelName = options.model();
        this.ranker = ranker;
        this.inputs = inputs;
        this.search = VectorSearch.suits(options.ranking(), options.network()) ? new VectorSearch() : null;
    }

    /** @param model null if the shard has seen no event yet */
    Recommendation answer(
            RecommendationRequest request, Catalogue catalogue, UserItems user, @Nullable LiveModel model) {
        List<Item> excluded = known(catalogue, request.excluded());
        List<Item> candidates = known(catalogue, request.candidates());
        int asked = request.excluded().size() + request.candidates().size();
        BitSet gone = gone(user, excluded);
        boolean byModel = model != null && user.count() > 0;
        return new Recommendation(
                modelName,
                request.id(),
                request.time(),
                request.shard(),
                request.user(),
                items(
                        byModel
                                ? rank(request, catalogue, user, model, candidates, gone)
                                : rankByPopularity(request, catalogue, candidates, gone)),
                byModel ? Source.MODEL : Source.POPULARITY,
                asked - excluded.size() - candidates.size(),
                model == null ? 0 : model.weights().updates(),
                model == null ? Long.MIN_VALUE : model.newestLabelTime());
    }

    private Ranked[] rank(
            RecommendationRequest request,
            Catalogue catalogue,
            UserItems user,
            LiveModel model,
            List<Item> candidates,
            BitSet gone) {
        inputs.look(catalogue, user);
        if (search != null && request.candidates().isEmpty()) {
            return search.best(model, catalogue, inputs.query(), gone, request.k());
        }
        choose(request, catalogue, candidates, gone);
        ranker.score(model);
        return ranker.best(request.k());
    }

    private Ranked[] rankByPopularity(
            RecommendationRequest request, Catalogue catalogue, List<Item> candidates, BitSet gone) {
        choose(request, catalogue, candidates, gone);
        ranker.scoreByPopularity(catalogue);
        return ranker.best(request.k());
    }

    private void choose(RecommendationRequest request, Catalogue catalogue, List<Item> candidates, BitSet gone) {
        if (request.candidates().isEmpty()) {
            ranker.chooseAll(catalogue, gone);
        } else {
            ranker.chooseAmong(catalogue, candidates, gone);
        }
    }

    private static BitSet gone(UserItems user, List<Item> excluded) {
        BitSet gone = user.asSet();
        for (Item item : excluded) {
            gone.set(item.number);
        }
        return gone;
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
