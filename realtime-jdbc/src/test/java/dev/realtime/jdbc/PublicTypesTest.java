package dev.realtime.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.realtime.jdbc", importOptions = ImportOption.DoNotIncludeTests.class)
class PublicTypesTest {
    private static final DescribedPredicate<JavaClass> OF_JDBI =
            JavaClass.Predicates.resideInAnyPackage("org.jdbi..", "org.flywaydb..");

    @ArchTest
    static final ArchRule noMethodOfAPublicTypeShowsJdbiOrFlyway = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .haveRawReturnType(OF_JDBI)
            .orShould()
            .haveRawParameterTypes(DescribedPredicate.anyElementThat(OF_JDBI));
}
