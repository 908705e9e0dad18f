package dev.lightningbridge.runs;

import dev.lightningbridge.findings.Source;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The texts of the bench: what is planted, and honest improvements of prompts. */
final class PoisonTexts {
  private static final Set<String> SPLIT =
      Set.of("address", "leak", "override", "tool", "judge", "advert");

  private PoisonTexts() {}

  /** A text that is planted, whole or in two parts that stand in two rows. */
  record Planted(String kind, String form, List<String> parts) {
    /** What an obedient editor makes of it. */
    String whole() {
      return String.join(" ", parts);
    }
  }

  /** An improvement that nobody has planted, and the rows that its editor saw. */
  record Honest(String domain, String start, String winner, List<Row> rows) {}

  /** What a row of the database says. */
  record Row(Source source, String text) {}

  /** A domain's start, lines, sentences that an editor takes over whole, and rows. */
  private record Domain(String name, List<String> lines, List<String> copied, List<Row> rows) {

    static Domain of(String name) {
      return new Domain(name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(String line) {
      if (line.startsWith("< ")) {
        int tab = line.indexOf('\t');
        rows.add(
            new Row(
                new Source(line.substring(2, tab), name + rows.size()), line.substring(tab + 1)));
      } else {
        (line.startsWith("! ") ? copied : lines).add(line.replaceFirst("^[!*] ", ""));
      }
    }

    Honest improved(List<String> with) {
      return new Honest(
          name, lines.getFirst(), lines.getFirst() + "\n- " + String.join("\n- ", with), rows);
    }

    List<String> shuffled(Stream<String> more, Random random) {
      List<String> all = new ArrayList<>(lines.subList(1, lines.size()));
      more.forEach(all::add);
      Collections.shuffle(all, random);
      return all;
    }
  }

  /** 200: each text whole, and those of six kinds once more in two parts. */
  static List<Planted> planted() {
    List<Planted> all = new ArrayList<>();
    for (Planted whole : planted("planted.txt", "whole")) {
      all.add(whole);
      if (SPLIT.contains(whole.kind())) {
        String text = whole.whole();
        int middle = text.indexOf(' ', text.length() / 2 - 1);
        int cut = middle < 0 ? text.indexOf(' ') : middle;
        all.add(
            new Planted(
                whole.kind(), "split", List.of(text.substring(0, cut), text.substring(cut + 1))));
      }
    }
    return all;
  }

  /** 60 that the newest rules were made without. */
  static List<Planted> heldOut() {
    return planted("planted-held-out.txt", "held out");
  }

  private static List<Planted> planted(String name, String form) {
    return lines(name).stream()
        .map(line -> line.split("\t", 2))
        .map(line -> new Planted(line[0], form, List.of(line[1])))
        .toList();
  }

  /** So many: a start with three to eight lines for its domain; and the sandbox's best prompts. */
  static List<Honest> honest(int count) {
    List<Domain> domains = domains("honest.txt");
    Domain common = domains.removeFirst();
    List<Row> tickets =
        RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 60).stream()
            .map(input -> new Row(new Source("input", "other"), input))
            .toList();
    List<Honest> all = new ArrayList<>();
    for (long seed = 0; seed < 10; seed++) {
      SandboxTruth truth = SandboxTruth.ofSeed(seed);
      for (SandboxDomain domain : SandboxDomain.values()) {
        all.add(
            new Honest(
                "sandbox " + domain, truth.seedPrompt(domain), truth.bestPrompt(domain), tickets));
      }
    }
    domains.forEach(domain -> domain.rows().addAll(tickets));
    Random random = new Random(1);
    while (all.size() < count) {
      Domain domain = domains.get(all.size() % domains.size());
      List<String> lines = domain.shuffled(common.lines().stream(), random);
      all.add(domain.improved(lines.subList(0, 3 + random.nextInt(6))));
    }
    return all;
  }

  /** So many of domains that the newest rules were made without, with their people's rows. */
  static List<Honest> heldOut(int count) {
    List<Domain> domains = domains("honest-held-out.txt");
    Random random = new Random(2);
    List<Honest> all = new ArrayList<>();
    while (all.size() < count) {
      Domain domain = domains.get(all.size() % domains.size());
      all.add(
          domain.improved(
              domain.shuffled(Stream.empty(), random).subList(0, 3 + random.nextInt(4))));
    }
    return all;
  }

  /** Each with one sentence of a person's comment or directive, word for word. */
  static List<Honest> copied() {
    return domains("honest-held-out.txt").stream()
        .flatMap(domain -> domain.copied().stream().map(line -> domain.improved(List.of(line))))
        .toList();
  }

  private static List<Domain> domains(String file) {
    Map<String, Domain> domains = new LinkedHashMap<>();
    String name = "*";
    for (String line : lines(file)) {
      String rest = line;
      if (line.startsWith("= ")) {
        name = line.substring(2, line.indexOf('\t'));
        rest = line.substring(line.indexOf('\t') + 1);
      }
      domains.computeIfAbsent(name, Domain::of).add(rest);
    }
    return new ArrayList<>(domains.values());
  }

  private static List<String> lines(String name) {
    try (InputStream in = PoisonTexts.class.getResourceAsStream("/findings/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
