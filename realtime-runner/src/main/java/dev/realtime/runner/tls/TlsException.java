package dev.realtime.runner.tls;

/** A certificate or key file that cannot be used; the message says why and repeats nothing of what is in it. */
public final class TlsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    TlsException(String problem) {
        super(problem);
        this.problem = problem;
    }

    TlsException(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    /** What is wrong, as half a sentence. */
    public String problem() {
        return problem;
    }
}
