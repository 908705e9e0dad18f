package dev.lightningbridge.api;

import dev.lightningbridge.dataset.export.ExportReport;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the rows that exports sent. */
@ApplicationScoped
class ExportCounter {
  private final MeterRegistry registry;

  ExportCounter(MeterRegistry registry) {
    this.registry = registry;
  }

  void add(ExportReport report) {
    double rows = (double) report.files().stream().mapToLong(ExportReport.ExportedFile::rows).sum();
    registry.counter("lightning_bridge_export_rows", "format", report.format()).increment(rows);
  }
}
