package dev.realtime.examples.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code and the links on the page that tells how to extend the library. */
class ExtendingPageTest {
    private static final Path PAGE = Path.of("../../docs/extending.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

    @Test
    void itsCodeIsThatOfThisModule() throws IOException {
        String sources = squeezed(sources());
        List<String> snippets = found(JAVA);
        assertThat(snippets).hasSize(3).allSatisfy(code -> assertThat(sources).contains(squeezed(code)));
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        assertThat(found(LINK))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).exists());
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    /** Indentation and line breaks are the page's own. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
