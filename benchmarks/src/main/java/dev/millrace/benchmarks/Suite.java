package dev.millrace.benchmarks;

import java.util.List;

/** Measurements that are run together, because each is judged beside the others. */
public interface Suite {

    /**
     * @param rounds measured rounds after warm-up, at least 1
     * @throws Exception if a measurement fails; there are no figures then
     */
    List<Figure> run(int rounds) throws Exception;
}
