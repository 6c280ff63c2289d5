package dev.realtime.runner;

import dev.realtime.runner.http.Page;
import dev.realtime.runner.http.Response;
import dev.realtime.runner.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The sample client of a development server: a page, its scripts and its style, as they lie in the jar. */
final class SamplePages {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
    private static final List<String> SCRIPTS = List.of(
            "sample.js",
            "page.js",
            "line.js",
            "client.js",
            "connecting.js",
            "talking.js",
            "watching.js",
            "calling.js",
            "inbox.js");

    private SamplePages() {}

    static void addTo(Routes.Builder routes) {
        routes.add("GET", "/", page("index.html", "text/html"));
        SCRIPTS.forEach(name -> routes.add("GET", "/sample/" + name, page(name, "text/javascript")));
        routes.add("GET", "/sample/sample.css", page("sample.css", "text/css"));
    }

    private static Page page(String name, String type) {
        Response response = new Response(
                200,
                Map.of(
                        "Content-Type",
                        type + "; charset=utf-8",
                        "Cache-Control",
                        "no-cache",
                        "Content-Security-Policy",
                        POLICY,
                        "X-Content-Type-Options",
                        "nosniff"),
                read(name));
        return request -> response;
    }

    private static byte[] read(String name) {
        try (InputStream file = SamplePages.class.getResourceAsStream("/sample/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar has no sample/" + name);
            }
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("the jar cannot be read", broken);
        }
    }
}
