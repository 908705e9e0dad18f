package dev.lightningbridge.imports;

import dev.lightningbridge.camp.writing.ImportedVersion;
import dev.lightningbridge.camp.writing.VersionBook;
import dev.lightningbridge.common.BridgeException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds each prompt's agent version. Prompts of which one has at least half of the other's words
 * are versions of one agent, in the order in which they come up.
 */
public final class PromptFamilies {
  /** More prompts than that are no versions: then the inputs stand in them. */
  private static final int MOST = 500;

  private static final double ALIKE = 0.5;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private final VersionBook camp;
  private final Map<String, ImportedVersion> versions = new HashMap<>();
  private final Map<String, Set<String>> words = new HashMap<>();
  private final Map<String, Long> rows = new HashMap<>();
  private @Nullable BridgeException full;

  public PromptFamilies(VersionBook camp) {
    this.camp = camp;
    camp.versions().forEach(this::remember);
  }

  private void remember(ImportedVersion version) {
    versions.put(version.prompt(), version);
    if (version.extendable()) {
      words.put(version.prompt(), words(version.prompt()));
    }
  }

  /** The version of the prompt; null where there are too many prompts. */
  public @Nullable ImportedVersion of(String prompt) {
    ImportedVersion version = versions.get(prompt);
    if (version == null) {
      if (versions.size() == MOST || (full != null && family(words(prompt)) == null)) {
        return null;
      }
      try {
        version = camp.version(prompt, family(words(prompt)));
      } catch (BridgeException e) {
        full = e;
        return null;
      }
      remember(version);
    }
    rows.merge(version.lineageId(), 1L, Long::sum);
    return version;
  }

  private @Nullable String family(Set<String> prompt) {
    String nearest = null;
    double most = ALIKE;
    for (Map.Entry<String, Set<String>> known : words.entrySet()) {
      Set<String> common = new HashSet<>(prompt);
      common.retainAll(known.getValue());
      double share =
          (double) common.size() / Math.max(1, Math.min(prompt.size(), known.getValue().size()));
      ImportedVersion version = versions.get(known.getKey());
      if (share >= most && version != null) {
        most = share;
        nearest = version.lineageId();
      }
    }
    return nearest;
  }

  /** The newest version of the lineage that most rows are of; null where there is no lineage. */
  @Nullable ImportedVersion main() {
    return versions.values().stream()
        .max(
            Comparator.comparingLong((ImportedVersion v) -> rows.getOrDefault(v.lineageId(), 0L))
                .thenComparing(ImportedVersion::lineageId)
                .thenComparingInt(ImportedVersion::number))
        .orElse(null);
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (Matcher m = WORD.matcher(text.toLowerCase(Locale.ROOT)); m.find(); ) {
      words.add(m.group());
    }
    return words;
  }
}
