package dev.realtime.auth;

import java.util.Set;

/** The roles that carry rights; any other role is carried along and gives none. */
public final class Role {
    /** Someone who is treated. */
    public static final String PATIENT = "patient";
    /** Someone who treats. */
    public static final String PROVIDER = "provider";
    /** Someone who treats, by another name. */
    public static final String DOCTOR = "doctor";
    /** Someone who may enter any room. */
    public static final String ADMIN = "admin";
    /** As {@link #ADMIN}. */
    public static final String SUPER_ADMIN = "super_admin";

    private static final Set<String> ADMINS = Set.of(ADMIN, SUPER_ADMIN);
    private static final Set<String> CARE = Set.of(PATIENT, PROVIDER, DOCTOR);

    private Role() {}

    static boolean isAdmin(String role) {
        return ADMINS.contains(role);
    }

    /** Whether the role takes part in care: patient, provider or doctor. */
    public static boolean isInCare(String role) {
        return CARE.contains(role);
    }
}
