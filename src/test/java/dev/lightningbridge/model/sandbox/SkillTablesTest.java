package dev.lightningbridge.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkillTablesTest {
  private final World world = new World(0);

  @ParameterizedTest
  @EnumSource
  void every_wording_of_a_skill_asks_for_that_skill_alone(SandboxDomain name) {
    SkillTable table = world.domain(name).table();
    for (Skill skill : table.skills()) {
      for (String text : skill.texts()) {
        assertThat(table.strengths("- " + text))
            .as(text)
            .containsExactlyEntriesOf(Map.of(skill.id(), 1.0));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_hedged_wording_asks_half_as_strongly(SandboxDomain name) {
    SkillTable table = world.domain(name).table();
    for (Skill skill : table.skills()) {
      for (String text : skill.texts()) {
        assertThat(table.strengths("- If possible: " + text))
            .as(text)
            .containsEntry(skill.id(), Skill.HEDGED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_wording_of_a_distractor_is_known_as_such(SandboxDomain name) {
    SkillTable table = world.domain(name).table();
    for (Distractor distractor : table.distractors()) {
      for (String text : distractor.texts()) {
        assertThat(table.strengths(text)).as(text).containsOnlyKeys(distractor.id());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_seed_prompt_asks_for_nothing(SandboxDomain name) {
    SkillTable table = world.domain(name).table();
    assertThat(table.strengths(table.seedPrompt())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void every_conflict_names_an_instruction_of_the_table(SandboxDomain name) {
    SkillTable table = world.domain(name).table();
    assertThat(table.byId().keySet())
        .containsAll(table.skills().stream().flatMap(s -> s.conflicts().stream()).toList());
  }

  @Test
  void a_negation_takes_an_instruction_back_unless_it_is_a_prohibition_itself() {
    SkillTable triage = world.domain(SandboxDomain.TRIAGE).table();
    assertThat(triage.strengths("Do not use the priority codes P1 to P4.")).isEmpty();
    assertThat(triage.strengths("Never open with a greeting.")).isEmpty();
    assertThat(triage.strengths("Keep a neutral tone and never apologise."))
        .containsOnlyKeys("tone");
  }

  @ParameterizedTest
  @EnumSource
  void seeds_differ_in_what_they_require_and_agree_on_how_much(SandboxDomain name) {
    var required =
        Stream.of(0, 1, 2, 3, 4, 5)
            .map(seed -> new World(seed).domain(name).profile().required())
            .toList();
    assertThat(required).allSatisfy(r -> assertThat(r).hasSize(9));
    if (name != SandboxDomain.ROOMS) {
      assertThat(required.stream().distinct().count()).isGreaterThan(1);
    }
  }
}
