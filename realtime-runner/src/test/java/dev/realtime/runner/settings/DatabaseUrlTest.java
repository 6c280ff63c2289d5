package dev.realtime.runner.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.runner.settings.DatabaseSettings.Product;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://u:p@h/d|jdbc:postgresql://h/d|u|p",
                "postgres://u:p@h:6432/d|jdbc:postgresql://h:6432/d|u|p",
                "POSTGRES://u:p@h/d|jdbc:postgresql://h/d|u|p",
                "postgresql://h/d|jdbc:postgresql://h/d||",
                "postgresql://u@h/d|jdbc:postgresql://h/d|u|",
                "postgresql://us%40er:p%2F%3A%40+w%25@h/d|jdbc:postgresql://h/d|us@er|p/:@+w%",
                "postgresql://u:a:b@h/d|jdbc:postgresql://h/d|u|a:b",
                "postgresql://u:p@h/d?sslmode=require&a=b|jdbc:postgresql://h/d?sslmode=require&a=b|u|p",
                "postgresql://u:p@h1:1,h2:2/d|jdbc:postgresql://h1:1,h2:2/d|u|p",
                "postgresql://u:p@[::1]:5432/d|jdbc:postgresql://[::1]:5432/d|u|p",
            })
    void formsOfPostgresqlBecomeJdbc(String url, String jdbc, String user, String password) {
        assertThat(DatabaseUrl.parse(url))
                .isEqualTo(new DatabaseUrl(
                        Product.POSTGRESQL, jdbc, Optional.ofNullable(user), Optional.ofNullable(password)));
    }

    @Test
    void jdbcUrlsAreTakenAsTheyAre() {
        assertThat(DatabaseUrl.parse("jdbc:postgresql://h/d?user=u&password=p"))
                .isEqualTo(new DatabaseUrl(
                        Product.POSTGRESQL,
                        "jdbc:postgresql://h/d?user=u&password=p",
                        Optional.empty(),
                        Optional.empty()));
        assertThat(DatabaseUrl.parse("jdbc:h2:mem:x").product()).isEqualTo(Product.H2);
    }

    @Test
    void aSemicolonCannotSmuggleOptionsIntoAFileName() {
        assertThatThrownBy(() -> DatabaseUrl.h2File(Path.of("/data;INIT=x/realtime")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a database file cannot have a ; in its path");
    }
}
