package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.server.BaseModels;
import java.util.List;

/** The models that a training may start from, and the folders in which they were looked for. */
record BaseChoice(List<Base> models, List<String> folders) {
  private static final long MEGABYTE = 1_000_000;

  /** A model. */
  record Base(String id, String name, String folder, String size) {}

  static BaseChoice of(BaseModels bases) {
    return new BaseChoice(
        bases.all().stream()
            .map(
                model ->
                    new Base(
                        model.id(),
                        model.name(),
                        model.path().toString(),
                        Figures.count(Math.max(1, model.bytes() / MEGABYTE)) + " MB"))
            .toList(),
        bases.folders().stream().map(Object::toString).toList());
  }
}
