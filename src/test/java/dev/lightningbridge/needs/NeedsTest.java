package dev.lightningbridge.needs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What is not on every machine is looked for in one way, which skips by name. */
@AnalyzeClasses(packages = "dev.lightningbridge", importOptions = OnlyIncludeTests.class)
class NeedsTest {
  @ArchTest
  static final ArchRule no_test_skips_itself =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.junit\\.jupiter\\.api\\.(Assumptions|Disabled|condition\\..*)"
                  + "|org\\.assertj\\.core\\.api\\.Assumptions"
                  + "|org\\.opentest4j\\.TestAbortedException")
          .because("a test that needs something says @NeedsEnvironment or @Needs");

  @ArchTest
  static final ArchRule no_test_looks_at_the_variables_that_name_environments =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Environments.class)
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("Environments knows what tests are run with");
}
