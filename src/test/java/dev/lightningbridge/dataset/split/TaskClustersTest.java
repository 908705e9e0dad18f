package dev.lightningbridge.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskClustersTest {
  private static final String MAIL =
      "My printer makes a loud noise when it warms up in the morning.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Re: My printer makes a loud noise when it warms up in the morning.",
        "AW: Re: My printer makes a loud noise when it warms up in the morning.",
        "Hello,\nmy printer makes a loud noise when it warms up in the morning.",
        "Hi there! My printer makes a loud noise when it warms up in the morning",
        "Dear Ms Miller,\n\nMy printer makes a loud noise when it warms up in the morning.",
        "Sehr geehrte Damen und Herren, my printer makes a loud noise when it warms up in the"
            + " morning.",
        "My printer makes a loud noise when it warms up in the morning. Thanks a lot for your"
            + " help!",
        "My printer makes a loud noise when it warms up in the morning. Mit freundlichen Grüßen\n"
            + "Eva Maier",
        "My printer makes a loud noise when it warms up in the morning.\nBest regards,\nTom",
        "My printer makes a loud noise when it warms up in the morning, thank you.",
        "MY PRINTER makes a loud  noise, when it warms up in the morning!",
        "My pr\u200binter makes a loud no\u00adise when it warms up in the morning.",
        "Please: the printer makes a loud noise when it warms up in the morning.",
        "Ticket #4711: My printer makes a loud noise when it warms up in the morning.",
        "My printer makes a loud noise when it warms up in the morning. (Order no. AB-99812)",
        "My printer makes a loud noise when it warms up in the morning. 17",
        "My printer makes a loud noise when it warms up in the morning.\n--\nTom Ace\nAce Ltd, High"
            + " Street 1",
        "My printer makes a loud noise when it warms up in the morning.\n\nThis email and any"
            + " attachments are confidential and meant for the addressee alone.",
        "My printer makes a loud noise when it warms up in the morning.\nVon meinem iPhone gesendet",
        "On Mon, 3 Nov 2025 at 10:12, Tom Ace wrote:\n> My printer makes a loud noise when it warms"
            + " up in the morning.",
        "Grüß Gott, my printer makes a loud noise when it warms up in the morning."
      })
  void a_mail_with_more_around_it_is_the_same_task(String other) {
    assertThat(clusters(background(MAIL, other))).isEqualTo(31);
  }

  @Test
  void vowel_signs_and_stretched_letters_make_no_other_task() {
    String mail = "وصل طلبي بشاشة مكسورة، هل يمكنني إعادته واسترداد أموالي؟";
    assertThat(clusters(background(mail, mail.replace("وصل", "وَصَلَ")))).isEqualTo(31);
    assertThat(clusters(background(mail, mail.replace("طلبي", "طلبـي")))).isEqualTo(31);
  }

  @Test
  void mails_that_differ_in_their_ticket_number_are_one_task() {
    List<String> mails =
        IntStream.range(0, 20)
            .mapToObj(
                i -> "Re: Ticket %d: my parcel has not come yet, where is it?".formatted(4700 + i))
            .toList();
    assertThat(clusters(mails)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is the capital of %s?|Peru France Spain Japan Kenya Chile Norway Egypt Laos Malta",
        "Sort this ticket: the customer in question says that the device he bought is %s"
            + " today.|broken fine late lost wrong cheap cold loud new wet",
        "What is %s plus 7, written as a word?|12 13 14 15 16 17 18 19 20 21",
        "Is the bridge over the river open on %s for lorries?|Monday Tuesday Wednesday Thursday"
            + " Friday Saturday Sunday holidays weekdays weekends",
        "Übersetze das Wort %s ins Englische, bitte.|Haus Baum Hund Katze Tisch Stuhl Auto Buch"
            + " Licht Tag",
        "この%s靴を返品したいのですが、どうすればいいですか。|赤い 青い 黒い 白い 古い 新しい 大きい 小さい 高い 安い",
        "请把%s这个词翻译成英文。|房子 树木 小狗 猫咪 桌子 椅子 汽车 书本 灯光 白天"
      })
  void tasks_of_a_template_that_differ_in_the_word_that_decides_are_apart(
      String template, String words) {
    List<String> tasks = new ArrayList<>();
    for (String word : words.split(" ")) {
      tasks.add(template.formatted(word));
    }
    assertThat(clusters(tasks)).isEqualTo(10);
    assertThat(clusters(background(tasks.toArray(new String[0])))).isEqualTo(40);
  }

  @Test
  void japanese_variants_that_differ_in_a_sign_and_a_number_are_one() {
    List<String> variants = new ArrayList<>();
    variants.add("先週そちらの店で買った赤い靴を返品する方法を教えてください");
    for (int n = 1; n <= 20; n++) {
      variants.add(variants.getFirst() + (n % 2 == 0 ? "！" : "。") + n);
    }
    assertThat(clusters(variants)).isEqualTo(1);
  }

  @Test
  void a_sentence_more_makes_no_other_task_and_a_long_one_does() {
    String more = MAIL + " It is new.";
    String much =
        MAIL + " Besides, the scanner leaves grey stripes on every second page that I copy.";
    assertThat(clusters(background(MAIL, more))).isEqualTo(31);
    assertThat(clusters(background(MAIL, much))).isEqualTo(32);
  }

  @Test
  void the_same_words_with_another_short_answer_are_another_task() {
    Wording one =
        wording("Which number is it? Order no. 4711, the red lamp with the switch", "4711");
    Wording two =
        wording("Which number is it? Order no. 4712, the red lamp with the switch", "4712");
    Wording unknown =
        wording("Which number is it? Order no. 4713, the red lamp with the switch", null);
    assertThat(TaskClusters.of(List.of(one, two))).hasSize(2);
    assertThat(TaskClusters.of(List.of(one, unknown, two))).hasSize(2);
  }

  @Test
  void another_wording_with_the_same_answer_is_the_same_task() {
    List<Wording> all = new ArrayList<>();
    background().forEach(text -> all.add(wording(text, null)));
    all.add(
        wording(
            "The heating in room twelve of the old building stays cold since Monday", "heating"));
    all.add(
        wording(
            "The heating in room twelve of the old building stays cold from Monday", "heating"));
    assertThat(TaskClusters.of(all)).hasSize(31);
  }

  @Test
  void what_comes_out_follows_from_no_order() {
    List<Wording> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(
          wording(
              "Question about %d and %d, case %d".formatted(i % 7, i % 5, i),
              i % 3 == 0 ? "a" : null));
    }
    List<List<Wording>> clusters = TaskClusters.of(all);
    Collections.shuffle(all, new Random(5));
    assertThat(TaskClusters.of(all)).isEqualTo(clusters);
  }

  @Test
  void ten_thousand_tasks_are_clustered_within_seconds() {
    Random random = new Random(3);
    List<Wording> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder("A customer writes");
      for (int w = 0; w < 40; w++) {
        text.append(" w").append((int) Math.abs(random.nextGaussian() * 2000));
      }
      all.add(wording(text.toString(), null));
    }
    long start = System.nanoTime();
    assertThat(TaskClusters.of(all)).hasSizeGreaterThan(9_900);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  /** Thirty tasks of all kinds, and these. */
  private static List<String> background(String... more) {
    List<String> texts = new ArrayList<>();
    String[] who = {"pilot", "baker", "nurse", "farmer", "painter", "judge"};
    String[] what = {
      "lost the key of the shed",
      "wants a refund for shoes",
      "cannot log in at work",
      "asks when the shop closes",
      "needs a copy of the bill"
    };
    for (String person : who) {
      for (String matter : what) {
        texts.add("The %s %s".formatted(person, matter));
      }
    }
    texts.addAll(List.of(more));
    return texts;
  }

  private static int clusters(List<String> texts) {
    return TaskClusters.of(texts.stream().map(text -> wording(text, null)).toList()).size();
  }

  private static Wording wording(String text, @Nullable String expected) {
    return Wording.of(
        new Task(InputKey.of(text).taskId(), text, expected, List.of(), "s", TaskSource.PROVIDED));
  }
}
