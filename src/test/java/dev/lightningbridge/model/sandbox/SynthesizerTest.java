package dev.lightningbridge.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SynthesizerTest {
  private static final String TICKET =
      "Ticket: 2409\nFrom: Tom Baker\nSubject: Charged twice for March\n\nHi, my card was charged"
          + " twice (2 × €49.00) on 3 March. Order #67744. Please refund one of them 🙏";

  private final SandboxModel model = SandboxModel.ofSeed(1);

  @ParameterizedTest
  @EnumSource(value = SandboxDomain.class, mode = Mode.EXCLUDE, names = "GENERIC")
  void inputs_of_a_known_domain_bring_forth_new_ones_of_that_domain(SandboxDomain name)
      throws Exception {
    World world = new World(1);
    List<String> given = SandboxTruth.ofSeed(1).inputs(name, 3);
    List<String> made = ask(String.join("\n\n", given), 25);
    assertThat(made).hasSize(25).doesNotHaveDuplicates().doesNotContainAnyElementsOf(given);
    assertThat(made).allSatisfy(i -> assertThat(world.domainOf(i)).isEqualTo(world.domain(name)));
  }

  @Test
  void a_single_unknown_text_brings_forth_texts_of_its_build_about_other_things() throws Exception {
    List<String> made = ask("```\n" + TICKET + "\n```", 60);
    assertThat(made).hasSize(60).doesNotHaveDuplicates();
    assertThat(made)
        .allSatisfy(
            t ->
                assertThat(t)
                    .matches("(?s)Ticket: \\d{4}\nFrom: \\w+ \\w+\nSubject: .+\n\n.{30,}")
                    .doesNotContain("Charged twice"));
    long apart =
        made.stream()
            .filter(a -> made.stream().noneMatch(b -> !a.equals(b) && alike(a, b) > 0.8))
            .count();
    assertThat(apart).isGreaterThan(50);
  }

  @Test
  void the_same_request_brings_forth_the_same_and_a_repetition_others() throws Exception {
    ChatRequest request =
        ChatRequest.of(
            ModelRole.SYNTHESIZER, "any-synthesizer", "", "Write 5 new ones: " + TICKET, 1);
    String first = model.complete(request).text();
    assertThat(model.complete(request).text()).isEqualTo(first);
    assertThat(model.complete(request.withOrdinal(1)).text()).isNotEqualTo(first);
  }

  private List<String> ask(String inputs, int count)
      throws ModelException, JsonProcessingException {
    String answer =
        model
            .complete(
                ChatRequest.of(
                    ModelRole.SYNTHESIZER,
                    "any",
                    "You write new inputs for an agent. Write " + count + " new inputs.",
                    inputs,
                    1))
            .text();
    return Json.mapper().readValue(answer, new TypeReference<List<String>>() {});
  }

  /** Jaccard's similarity of the texts' words. */
  private static double alike(String a, String b) {
    Set<String> both = new HashSet<>(List.of(a.split("\\W+")));
    Set<String> all = new HashSet<>(both);
    List<String> other = List.of(b.split("\\W+"));
    both.retainAll(other);
    all.addAll(other);
    return (double) both.size() / all.size();
  }
}
