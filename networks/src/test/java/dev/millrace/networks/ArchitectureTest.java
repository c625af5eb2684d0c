package dev.millrace.networks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.millrace.networks.dl4j.NativeRuntime;
import org.nd4j.common.config.ND4JClassLoading;

@AnalyzeClasses(packages = "dev.millrace.networks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyTheDl4jPackageSeesNatives = noClasses()
            .that()
            .resideOutsideOfPackage("..networks.dl4j..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule theRuntimeIsTheOnlyDoorToNatives = noClasses()
            .that()
            .doNotBelongToAnyOf(NativeRuntime.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ND4JClassLoading.class);

    @ArchTest
    static final ArchRule nothingElseOfTheHouseIsImported = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.millrace..").and(resideOutsideOfPackage("dev.millrace.networks..")));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.millrace.(networks..)").should().beFreeOfCycles();
}
