package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.Skipped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bad rows met so far, each once, however often they are read. */
public final class Problems {
  private final Map<String, Skipped> found = new LinkedHashMap<>();

  void add(String id, CampError code, String why) {
    found.putIfAbsent(code.id() + ' ' + id, Skipped.of(id, code, why));
  }

  List<Skipped> list() {
    return List.copyOf(found.values());
  }
}
