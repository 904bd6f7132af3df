package io.iottunnel.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may see whom: domain, then ports, then engine; adapters beside the engine; the command line
 * above all. It stands here because here every room is on the class path.
 */
@AnalyzeClasses(packages = "io.iottunnel", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String DOMAIN = "io.iottunnel.domain..";
  private static final String PORTS = "io.iottunnel.ports..";
  private static final String ENGINE = "io.iottunnel.engine..";
  private static final String ADAPTERS = "io.iottunnel.adapters..";
  private static final String HTTPCLIENT = "io.iottunnel.adapters.httpclient..";
  private static final String TEST_KIT = "io.iottunnel.testkit..";
  private static final String COMMAND_LINE = "io.iottunnel.cli..";
  private static final String ALL = "io.iottunnel..";

  @ArchTest
  static final ArchRule theDomainSeesJavaAlone =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(DOMAIN, "java..");

  @ArchTest
  static final ArchRule thePortsSeeTheDomainAlone =
      classes()
          .that()
          .resideInAPackage(PORTS)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(PORTS, DOMAIN, "java..", "javax.net.ssl..", "org.jspecify..");

  @ArchTest
  static final ArchRule theEngineNeverSeesAnAdapter =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS, TEST_KIT, COMMAND_LINE);

  @ArchTest
  static final ArchRule anAdapterNeverSeesTheEngine =
      noClasses()
          .that()
          .resideInAPackage(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, TEST_KIT, COMMAND_LINE);

  @ArchTest
  static final ArchRule anAdapterNeverSeesAnother =
      slices().matching("io.iottunnel.adapters.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule theTestKitSeesPortsAndDomainAlone =
      noClasses()
          .that()
          .resideInAPackage(TEST_KIT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, ADAPTERS, COMMAND_LINE);

  @ArchTest
  static final ArchRule nobodySeesTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage(ALL)
          .and()
          .resideOutsideOfPackage(COMMAND_LINE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(COMMAND_LINE);

  @ArchTest
  static final ArchRule onlyTheEngineAndTheTestKitSpeakProtobuf =
      noClasses()
          .that()
          .resideOutsideOfPackages(ENGINE, TEST_KIT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule jettyStaysInItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.iottunnel.adapters.jetty..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule apacheHttpStaysInItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage(HTTPCLIENT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hc..");

  /** Neither is chosen by halves: they have nothing in common but what everybody sees. */
  @ArchTest
  static final ArchRule theTwoConnectDialogsShareNoClassButThePortsAndTheDomains =
      classes()
          .that()
          .resideInAPackage(HTTPCLIENT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              HTTPCLIENT, PORTS, DOMAIN, "org.apache.hc..", "org.jspecify..", "java..");

  @ArchTest
  static final ArchRule onlyTheCommandLineInjectsAndParsesOptions =
      noClasses()
          .that()
          .resideOutsideOfPackage(COMMAND_LINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.inject..", "picocli..");

  @ArchTest
  static final ArchRule packagesKnowEachOtherInOneDirection =
      slices().matching("io.iottunnel.(**)").should().beFreeOfCycles();
}
