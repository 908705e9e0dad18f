package dev.lightningbridge;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the directions of the rooms as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "dev.lightningbridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule rooms_are_used_only_from_the_rooms_above_them =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("common")
          .definedBy("..lightningbridge.common..")
          .layer("store")
          .definedBy("..lightningbridge.store..")
          .layer("corpus")
          .definedBy("..lightningbridge.corpus..")
          .layer("camp")
          .definedBy("..lightningbridge.camp..")
          .layer("imports")
          .definedBy("..lightningbridge.imports..")
          .layer("dataset")
          .definedBy("..lightningbridge.dataset..")
          .layer("model")
          .definedBy("..lightningbridge.model..")
          .layer("agent")
          .definedBy("..lightningbridge.agent..")
          .layer("grading")
          .definedBy("..lightningbridge.grading..")
          .layer("optimize")
          .definedBy("..lightningbridge.optimize..")
          .layer("lightning")
          .definedBy("..lightningbridge.lightning..")
          .layer("findings")
          .definedBy("..lightningbridge.findings..")
          .layer("runs")
          .definedBy("..lightningbridge.runs..")
          .layer("demo")
          .definedBy("..lightningbridge.demo..")
          .layer("doors")
          .definedBy(
              "..lightningbridge.cli..", "..lightningbridge.api..", "..lightningbridge.web..")
          .whereLayer("doors")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("demo")
          .mayOnlyBeAccessedByLayers("doors")
          .whereLayer("runs")
          .mayOnlyBeAccessedByLayers("demo", "doors")
          .whereLayer("findings")
          .mayOnlyBeAccessedByLayers("runs", "demo", "doors")
          .whereLayer("lightning")
          .mayOnlyBeAccessedByLayers("runs", "demo", "doors")
          .whereLayer("optimize")
          .mayOnlyBeAccessedByLayers("lightning", "runs", "demo", "doors")
          .whereLayer("agent")
          .mayOnlyBeAccessedByLayers("optimize", "lightning", "runs", "demo", "doors")
          .whereLayer("grading")
          .mayOnlyBeAccessedByLayers("optimize", "lightning", "runs", "demo", "doors")
          .whereLayer("dataset")
          .mayOnlyBeAccessedByLayers(
              "agent", "grading", "optimize", "lightning", "imports", "runs", "demo", "doors")
          .whereLayer("imports")
          .mayOnlyBeAccessedByLayers("doors")
          .whereLayer("camp")
          .mayOnlyBeAccessedByLayers("imports", "runs", "demo", "doors")
          .whereLayer("corpus")
          .mayOnlyBeAccessedByLayers("camp", "dataset", "imports", "runs", "demo", "doors")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers(
              "agent", "grading", "optimize", "lightning", "runs", "demo", "doors")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("model", "runs", "demo", "doors")
          .whereLayer("common")
          .mayOnlyBeAccessedByLayers(
              "store",
              "corpus",
              "camp",
              "dataset",
              "model",
              "agent",
              "grading",
              "optimize",
              "lightning",
              "findings",
              "imports",
              "runs",
              "demo",
              "doors");
}
