package dev.realtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The layout of the library, as rules. */
@AnalyzeClasses(packages = "dev.realtime", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.realtime.";
    private static final List<String> DOMAINS = List.of(
            "room",
            "messaging",
            "messaging.memory",
            "notification",
            "typing",
            "presence",
            "call",
            "call.memory",
            "visit");
    private static final Path SOURCES = Path.of("src/main/java/dev/realtime");
    private static final Pattern EVENT_NAME =
            Pattern.compile("\"(room|message|typing|call|presence|notification|auth|server):[a-zA-Z]+\"");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.realtime.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule anIncomingEventIsTheOnlyWayIntoTheEngine = noClasses()
            .that()
            .resideOutsideOfPackages("dev.realtime", ROOT + "engine..", ROOT + "wire")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "engine..");

    @ArchTest
    static final ArchRule onlyTheEngineKnowsItsParts = noClasses()
            .that()
            .resideOutsideOfPackages("dev.realtime", ROOT + "engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "engine.*");

    @ArchTest
    static final ArchRule onlyTheNodeKnowsTheWire = noClasses()
            .that()
            .resideOutsideOfPackages("dev.realtime", ROOT + "wire")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "wire");

    @ArchTest
    static final ArchRule onlyWebsocketKnowsItsContainerApi = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "websocket")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..");

    @ArchTest
    static final ArchRule onlyServletKnowsItsContainerApi = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "servlet")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.servlet..");

    @ArchTest
    static final ArchRule onlyJsonKnowsJackson = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule onlyAuthKnowsTokens = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "auth")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.auth0..");

    @ArchTest
    static final ArchRule databasesAndRedisStayInTheirModules = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..", "redis.clients..");

    @ArchTest
    static final ArchRule domainsReadNoClock = noClasses()
            .that()
            .resideInAnyPackage(domainPackages())
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule domainsMakeNoThreads = noClasses()
            .that()
            .resideInAnyPackage(domainPackages())
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.lang\\.Thread|java\\.util\\.concurrent\\.(Executors|ThreadPoolExecutor|Scheduled.*)");

    @ArchTest
    static final ArchRule aDomainKnowsOnlyItselfAndTheGround =
            classes().that().resideInAnyPackage(domainPackages()).should(knowOnlyTheGround());

    @Test
    void everyPackageIsNullMarked() {
        assertThat(sources("package-info.java"))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(Files.readString(file)).contains("@NullMarked", NullMarked.class.getName(), "/** "));
        assertThat(folders())
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).exists());
    }

    @Test
    void eventNamesStandInWireAlone() {
        assertThat(sources(".java"))
                .filteredOn(file -> !file.toString().contains("/wire/"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(EVENT_NAME));
    }

    private static ArchCondition<JavaClass> knowOnlyTheGround() {
        return new ArchCondition<>("know only java, the ground packages and their own domain") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                List<String> ground = List.of("address", "error", "auth", "page", "time", "turn", "visit");
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    String home = target.getPackageName();
                    boolean isGround = target.isPrimitive()
                            || home.startsWith("java.")
                            || home.startsWith("javax.crypto")
                            || home.startsWith("org.jspecify")
                            || domainOf(home).equals(domainOf(type.getPackageName()))
                            || ground.stream().anyMatch(name -> home.equals(ROOT + name))
                            || target.getName().startsWith(ROOT + "json.Payload");
                    if (!isGround) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                });
            }
        };
    }

    /** The first package below the root, to which the packages inside it belong. */
    private static String domainOf(String home) {
        return home.startsWith(ROOT) ? home.substring(ROOT.length()).replaceFirst("\\..*", "") : home;
    }

    private static String[] domainPackages() {
        return DOMAINS.stream().map(ROOT::concat).toArray(String[]::new);
    }

    private static List<Path> folders() {
        return sources("").stream()
                .filter(Files::isDirectory)
                .filter(folder -> sourcesOf(folder) > 0)
                .toList();
    }

    private static long sourcesOf(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).count();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<Path> sources(String ending) {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
