package dev.lightningbridge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelRole;

/**
 * Nothing writes to a critic, an editor, a judge or a synthesizer but by a letter, which puts
 * fences around what is from outside.
 */
@AnalyzeClasses(packages = "dev.lightningbridge", importOptions = DoNotIncludeTests.class)
class LetterGuardTest {
  /** The agent's own call, the demo's play of an application, and a check that sends no text. */
  private static final String WITHOUT_LETTERS = "SystemPromptAgent|SampleAgents|EndpointCheck";

  /** It sends its letter once more, with the answer that it could not read. */
  private static final String ASKS_AGAIN = "JudgeGrader";

  @ArchTest
  static final ArchRule only_an_agents_own_call_is_made_of_plain_texts =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.(" + WITHOUT_LETTERS + ")")
          .and()
          .areNotAssignableTo(ChatRequest.class)
          .should()
          .callMethod(
              ChatRequest.class,
              "of",
              ModelRole.class,
              String.class,
              String.class,
              String.class,
              double.class);

  /** An agent passes on its application's requests as they are. */
  @ArchTest
  static final ArchRule requests_are_put_together_where_letters_are =
      noClasses()
          .that(
              resideInAPackage("..lightningbridge..")
                  .and(resideInAPackage("..lightningbridge.model..").negate())
                  .and(resideInAPackage("..lightningbridge.agent..").negate()))
          .and()
          .haveNameNotMatching(".*\\." + ASKS_AGAIN)
          .should()
          .callConstructor(ChatRequest.class, ModelRole.class, ObjectNode.class)
          .orShould()
          .callConstructor(ChatRequest.class, ModelRole.class, ObjectNode.class, int.class)
          .orShould()
          .callConstructor(
              ChatRequest.class, ModelRole.class, ObjectNode.class, int.class, String.class);
}
