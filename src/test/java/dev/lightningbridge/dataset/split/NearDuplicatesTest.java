package dev.lightningbridge.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private final NearDuplicates kept = new NearDuplicates();

  @Test
  void a_text_with_nearly_the_same_words_is_a_duplicate() {
    assertThat(kept.add("Where is my order 4711, please tell me today")).isTrue();
    assertThat(kept.add("where is my order 4712 please tell me TODAY!")).isFalse();
    assertThat(kept.add("Please, tell me today: where is my order 4711?")).isFalse();
    assertThat(kept.add("I want a refund for my broken lamp")).isTrue();
  }

  @Test
  void eight_of_ten_words_are_near_and_seven_of_ten_are_not() {
    kept.add("a b c d e f g h i");
    assertThat(kept.add("a b c d e f g h x")).isFalse();
    assertThat(kept.add("a b c d e f g x y")).isTrue();
  }

  @Test
  void texts_without_words_are_compared_as_they_are() {
    assertThat(kept.add("\ud83d\ude00")).isTrue();
    assertThat(kept.add("\ud83d\ude00 ")).isFalse();
    assertThat(kept.add("\ud83d\ude80")).isTrue();
  }

  @Test
  void where_a_script_has_no_spaces_pairs_of_characters_are_compared() {
    String text = "先週そちらの店で買った赤い靴を返品する方法を教えてください";
    assertThat(kept.add(text)).isTrue();
    for (int n = 1; n <= 20; n++) {
      assertThat(kept.add(text + (n % 2 == 0 ? "！" : "。") + n)).isFalse();
    }
    assertThat(kept.add("昨日届いた荷物の箱が壊れていたので写真を送ります")).isTrue();
  }

  @Property
  void a_text_is_always_near_itself(@ForAll String text) {
    NearDuplicates one = new NearDuplicates();
    assertThat(one.add(text)).isTrue();
    assertThat(one.add(text)).isFalse();
  }
}
