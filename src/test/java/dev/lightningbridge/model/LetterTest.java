package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LetterTest {
  @Property(tries = 500)
  void whatever_a_text_holds_it_stands_whole_in_its_own_fence(@ForAll("texts") List<String> texts) {
    Letter letter = new Letter().say("# Ours\n");
    texts.forEach(text -> letter.data(text).say("\n# Ours\n"));

    FencedTexts read = FencedTexts.of(letter.text());

    assertThat(read.inside()).isEqualTo(texts);
    assertThat(read.outside().replace("# Ours\n", "").strip()).isEmpty();
    assertThat(texts).noneMatch(text -> text.contains(read.mark()));
    assertThat(Fence.ofMessage(letter.text()).orElseThrow().texts(letter.text())).isEqualTo(texts);
  }

  @Property(tries = 200)
  void the_tags_of_a_letter_do_not_help_to_end_a_fence_of_the_next(
      @ForAll("texts") List<String> texts) {
    Letter first = new Letter();
    texts.forEach(first::data);

    FencedTexts read = FencedTexts.of(new Letter().data(first.text()).data("other").text());

    assertThat(read.inside()).containsExactly(first.text(), "other");
  }

  @Property(tries = 200)
  void an_answer_never_keeps_the_mark(@ForAll("texts") List<String> texts) {
    Letter letter = new Letter();
    texts.forEach(letter::data);
    Fence fence = Fence.ofMessage(letter.text()).orElseThrow();
    String mark = FencedTexts.of(letter.text()).mark();

    for (String around : List.of("%s", "<%s", "</%s>", "da<%1$sta-", "%1$s-%1$s", "<da</%1$s>")) {
      String answer = letter.text() + around.formatted(mark) + mark.substring(5) + ">";
      assertThat(fence.off(answer)).doesNotContain(mark);
    }
  }

  @Example
  void an_answer_that_repeats_the_fence_around_a_prompt_is_the_prompt() {
    String prompt = "Sort tickets.\n\n- Be brief.";
    String letter = new Letter().data(prompt).text();
    Fence fence = Fence.ofMessage(letter).orElseThrow();

    assertThat(fence.off(fence.around(prompt))).isEqualTo(prompt);
    assertThat(fence.off("  " + fence.around(prompt) + "\n")).isEqualTo(prompt);
    assertThat(fence.off(fence.around(prompt).replace("\n", "")))
        .isEqualTo(prompt.replace("\n", ""));
    assertThat(fence.off("As it is. \n")).isEqualTo("As it is. \n");
  }

  @Example
  void the_same_letter_has_the_same_mark_and_another_one_has_another() {
    String mark = FencedTexts.of(new Letter().say("a").data("b").text()).mark();

    assertThat(FencedTexts.of(new Letter().say("a").data("b").text()).mark()).isEqualTo(mark);
    assertThat(FencedTexts.of(new Letter().say("").data("ab").text()).mark()).isNotEqualTo(mark);
    assertThat(FencedTexts.of(new Letter().say("a").data("b ").text()).mark()).isNotEqualTo(mark);
  }

  @Example
  void a_letter_without_data_is_only_our_words() {
    assertThat(new Letter().say("Answer OK.").text()).isEqualTo("Answer OK.");
    assertThat(Fence.ofMessage("Answer OK.")).isEmpty();
    assertThat(Fence.ofMessage("Everything between <data-0123456789abcdef> is mine.")).isEmpty();
  }

  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.of(FencedTexts.PLANTED),
            Arbitraries.strings().all().ofMaxLength(20),
            Arbitraries.strings().withChars("<>/data-0123456789abcdef\n`").ofMaxLength(60));
    return part.list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("", parts))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }
}
