package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What counts as one task and what does not, and how long it takes: variants of mails that must be
 * one cluster with their mail, tasks of templates that must be apart, and 10,000 tasks. Run by
 * scripts/bench/clusters.
 */
final class TaskClustersBench {
  private static final List<String> ENGLISH =
      crossed(
          "The %s in our %s office %s.",
          "printer,coffee machine,front door,projector,heating,lift",
          "Oslo,Bern,Lima,Rome",
          "makes a loud noise in the morning,does not start after the power cut,needs a new filter"
              + " soon");

  private static final List<String> GERMAN =
      crossed(
          "Der %s aus der Lieferung nach %s %s.",
          "Drucker,Tisch,Bildschirm,Koffer,Mantel,Teppich",
          "Oslo,Bern,Lima,Rom",
          "ist beim Auspacken zerbrochen,hat die falsche Farbe,wurde doppelt berechnet");

  private static final List<String> JAPANESE =
      crossed(
          "%sで買った%s%s。",
          "東京の店,大阪の店,京都の駅,通販サイト",
          "赤い靴,青い傘,白い鞄,黒い時計,古い本,新しい椅子",
          "を返品したいのですがどうすればいいですか,の色が写真と違うので交換してください,がまだ届かないので調べてほしいです");

  private static final Map<String, UnaryOperator<String>> AROUND = around();

  private static Map<String, UnaryOperator<String>> around() {
    Random random = new Random(7);
    Map<String, UnaryOperator<String>> around = new LinkedHashMap<>();
    around.put("Re:", text -> "Re: AW: " + text);
    around.put(
        "another ticket number", text -> "Ticket #" + (1000 + random.nextInt(9000)) + ": " + text);
    around.put(
        "an order number behind it",
        text -> text + " (Order no. AB-" + random.nextInt(99_999) + ")");
    around.put("a greeting", text -> "Hello,\n\n" + text);
    around.put("a letter's greeting", text -> "Sehr geehrte Frau Maier,\n" + text);
    around.put("thanks", text -> text + " Thank you very much!");
    around.put("どうもありがとうございます", text -> text + "どうもありがとうございます。");
    around.put("a sign-off with a name", text -> text + "\n\nBest regards,\nEva Maier");
    around.put(
        "all of these", text -> "Re: Hello, ticket 4711: " + text + " Thanks!\nKind regards\nTom");
    around.put(
        "capitals, spaces, signs", text -> text.toUpperCase(Locale.ROOT).replace(" ", "  ") + "!!");
    around.put("invisible characters", text -> text.replaceAll("(\\p{L}{3})", "$1\u200b"));
    around.put("a number at the end", text -> text + " " + random.nextInt(99));
    return around;
  }

  private static final Map<String, List<String>> TEMPLATES =
      Map.of(
          "What is the capital of …?",
              filled(
                  "What is the capital of %s?",
                  "Peru,France,Spain,Japan,Kenya,Chile,Norway,Egypt,Laos,Malta"),
          "… plus 7", filled("What is %s plus 7, as a word?", "12,13,14,15,16,17,18,19,20,21"),
          "a ticket, one word decides",
              filled(
                  "Sort this ticket: the customer says that the device he bought from us last week"
                      + " is %s.",
                  "broken,fine,late,lost,wrong,cheap,cold,loud,new,wet"),
          "open on …",
              filled(
                  "Is the bridge over the river open on %s for lorries?",
                  "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday,holidays,weekdays,workdays"),
          "Übersetze …",
              filled(
                  "Übersetze das Wort %s ins Englische, bitte.",
                  "Haus,Baum,Hund,Katze,Tisch,Stuhl,Auto,Buch,Licht,Tag"),
          "… 靴を返品", filled("この%s靴を返品したいのですが、どうすればいいですか。", "赤い,青い,黒い,白い,古い,新しい,大きい,小さい,高い,安い"));

  private TaskClustersBench() {}

  public static void main(String[] arguments) {
    System.out.println("| variant of a mail with | en: one task | de | ja |\n|---|---|---|---|");
    AROUND.forEach(
        (name, change) ->
            System.out.printf(
                "| %s | %s | %s | %s |%n",
                name, joined(ENGLISH, change), joined(GERMAN, change), joined(JAPANESE, change)));
    System.out.println("\n| template | alone: tasks apart | among 72 other tasks |\n|---|---|---|");
    TEMPLATES.forEach(
        (name, tasks) -> {
          List<String> mixed = new ArrayList<>(ENGLISH);
          mixed.addAll(tasks);
          System.out.printf(
              "| %s | %d of 10 | %d of 10 |%n",
              name, clusters(tasks), clusters(mixed) - clusters(ENGLISH));
        });
    System.out.printf(
        "%nOf the mails themselves apart: en %d of %d, de %d of %d, ja %d of %d%n",
        clusters(ENGLISH),
        ENGLISH.size(),
        clusters(GERMAN),
        GERMAN.size(),
        clusters(JAPANESE),
        JAPANESE.size());
    System.out.printf(
        "20 variants of one Japanese sentence: %d cluster%n",
        clusters(
            IntStream.range(0, 20)
                .mapToObj(n -> "先週そちらの店で買った赤い靴を返品する方法を教えてください" + (n % 2 == 0 ? "！" : "。") + n)
                .toList()));
    leak();
    List<Task> many = many();
    for (int time = 0; time < 3; time++) {
      long start = System.nanoTime();
      Split split = Splitter.split(many, SplitPlan.DEFAULT, Seal.of("s", 0)).orElseThrow();
      System.out.printf(
          Locale.ROOT,
          "10,000 tasks of 40 words: split in %.1f s, %d sealed%n",
          (System.nanoTime() - start) / 1e9,
          split.test().size());
    }
    ledger(many);
  }

  /** What the ledger of openings knows again of as many tasks in another wording. */
  private static void ledger(List<Task> many) {
    List<Wording> opened = many.stream().map(Wording::of).toList();
    long start = System.nanoTime();
    List<Wording> reworded =
        many.stream()
            .map(task -> Wording.of(task("Hello,\n" + task.input() + " again. Kind regards, Tom")))
            .toList();
    long known =
        Rewordings.of(reworded, opened).values().stream().filter(near -> !near.isEmpty()).count();
    System.out.printf(
        Locale.ROOT,
        "10,000 tasks reworded: %,d known again, in %.1f s%n",
        known,
        (System.nanoTime() - start) / 1e9);
  }

  /** Sealed tasks of which another wording is in the search: three wordings of twenty questions. */
  private static void leak() {
    List<Task> tasks = new ArrayList<>();
    for (String question : ENGLISH.subList(0, 20)) {
      for (String tail : List.of("", " Thanks!", " Thank you.")) {
        tasks.add(task(question + tail));
      }
    }
    Split split = Splitter.split(tasks, SplitPlan.DEFAULT, Seal.of("s", 0)).orElseThrow();
    long leaked =
        split.test().stream()
            .filter(test -> split.train().stream().anyMatch(t -> start(t).equals(start(test))))
            .count();
    System.out.printf(
        "Three wordings of 20 questions: %d sealed, %d of them with a wording in train%n",
        split.test().size(), leaked);
  }

  private static String start(Task task) {
    return task.input().substring(0, task.input().indexOf('.'));
  }

  /** How many of the mails are one task with their variant. */
  private static String joined(List<String> mails, UnaryOperator<String> change) {
    List<String> both = new ArrayList<>(mails);
    mails.stream().map(change).forEach(both::add);
    return "%d of %d".formatted(both.size() - clusters(both), mails.size());
  }

  private static int clusters(List<String> texts) {
    return TaskClusters.of(texts.stream().map(text -> Wording.of(task(text))).toList()).size();
  }

  private static List<Task> many() {
    Random random = new Random(3);
    return IntStream.range(0, 10_000)
        .mapToObj(
            i -> {
              StringBuilder text = new StringBuilder("A customer writes");
              for (int w = 0; w < 40; w++) {
                text.append(" w").append((int) Math.abs(random.nextGaussian() * 2000));
              }
              return task(text.toString());
            })
        .toList();
  }

  private static Task task(String text) {
    return new Task(InputKey.of(text).taskId(), text, null, List.of(), "s", TaskSource.PROVIDED);
  }

  private static List<String> filled(String template, String words) {
    return List.of(words.split(",")).stream().map(template::formatted).toList();
  }

  private static List<String> crossed(String template, String first, String second, String third) {
    List<String> texts = new ArrayList<>();
    for (String a : first.split(",")) {
      for (String b : second.split(",")) {
        for (String c : third.split(",")) {
          texts.add(template.formatted(a, b, c));
        }
      }
    }
    return texts;
  }
}
