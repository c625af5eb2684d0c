package dev.millrace.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.util.Random;

/** The borders of the house, in words. The poms keep most of them; here stands why a build breaks. */
@AnalyzeClasses(packages = "dev.millrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {
        "dev.millrace.events..",
        "dev.millrace.features..",
        "dev.millrace.networks..",
        "dev.millrace.evaluation..",
        "dev.millrace.pipeline.."
    };

    @ArchTest
    static final ArchRule EVENTS_IMPORT_NOTHING_OF_THE_HOUSE = imports("events");

    @ArchTest
    static final ArchRule FEATURES_IMPORT_EVENTS = imports("features", "events");

    @ArchTest
    static final ArchRule NETWORKS_IMPORT_NOTHING_OF_THE_HOUSE = imports("networks");

    @ArchTest
    static final ArchRule EVALUATION_IMPORTS_EVENTS = imports("evaluation", "events");

    @ArchTest
    static final ArchRule PIPELINE_IMPORTS_THE_PURE_MODULES =
            imports("pipeline", "events", "features", "evaluation", "networks");

    @ArchTest
    static final ArchRule SERIALIZERS_IMPORT_EVENTS = imports("serializers", "events");

    @ArchTest
    static final ArchRule CONNECTORS_IMPORT_SERIALIZERS = imports("connectors", "serializers", "events");

    @ArchTest
    static final ArchRule MODEL_STATE_IMPORTS_SERIALIZERS_AND_NETWORKS =
            imports("modelstate", "serializers", "networks", "events");

    @ArchTest
    static final ArchRule OPERATORS_IMPORT_NEITHER_PIPELINE_NOR_CONNECTORS =
            imports("operators", "features", "evaluation", "modelstate", "serializers", "networks", "events");

    @ArchTest
    static final ArchRule JOBS_IMPORT_NEITHER_COMMAND_LINE_NOR_EMBEDDED = imports(
            "jobs",
            "pipeline",
            "connectors",
            "operators",
            "features",
            "evaluation",
            "modelstate",
            "serializers",
            "networks",
            "events");

    @ArchTest
    static final ArchRule EMBEDDED_IMPORTS_NOTHING_OF_THE_HOUSE = imports("embedded");

    @ArchTest
    static final ArchRule PURE_MODULES_SEE_NEITHER_FLINK_NOR_KAFKA = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..")
            .because("what can be said without Flink and Kafka is tested without them");

    @ArchTest
    static final ArchRule OPERATORS_NEVER_SEE_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("dev.millrace.operators..", "dev.millrace.modelstate..", "dev.millrace.serializers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..")
            .because("operators wrap the pure modules; records come and go elsewhere");

    @ArchTest
    static final ArchRule ND4J_HAS_ONE_DOOR = noClasses()
            .that(not(resideInAPackage("dev.millrace.networks.dl4j..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..")
            .because("natives are loaded once per JVM, under the library's own class loader");

    @ArchTest
    static final ArchRule CALCULATIONS_KNOW_NO_WALL_CLOCK = inCalculations()
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("a result depends on the records, not on when they are handled");

    @ArchTest
    static final ArchRule RANDOMNESS_HAS_A_SEED = noClasses()
            .should()
            .callConstructor(Random.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(java.util.SplittableRandom.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.concurrent.ThreadLocalRandom.class)
            .because("every run can be repeated");

    @ArchTest
    static final ArchRule NOBODY_READS_JAVA_SERIALISATION = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(java.io.ObjectInputStream.class)
            .because("a foreign file must not choose the classes that are made");

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses all) {
        slices().matching("dev.millrace.(**)").should().beFreeOfCycles().check(all);
    }

    /** Classes of a module depend on these modules, on themselves, and on what is not of the house. */
    private static ArchRule imports(String module, String... others) {
        String[] allowed = new String[others.length + 1];
        for (int i = 0; i < others.length; i++) {
            allowed[i] = "dev.millrace." + others[i] + "..";
        }
        allowed[others.length] = "dev.millrace." + module + "..";
        return classes()
                .that()
                .resideInAPackage("dev.millrace." + module + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage("dev.millrace.."))))
                .because("imports run one way");
    }

    private static ClassesShouldConjunction inCalculations() {
        return noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .or()
                .resideInAnyPackage("dev.millrace.operators..", "dev.millrace.modelstate..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.util.TimerTask.class);
    }
}
