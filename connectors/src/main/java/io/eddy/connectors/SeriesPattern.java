package io.eddy.connectors;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The regular expression by which a rule or a model takes the series whose whole name it matches. */
public final class SeriesPattern {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesPattern.class);

    private final String owner;
    private final Pattern pattern;
    /** Once is enough: names come with every reading. */
    private boolean told;

    /**
     * @param owner whose it is, for the log
     * @param expression one that {@link #isOne}
     */
    public SeriesPattern(String owner, String expression) {
        this.owner = owner;
        this.pattern = Pattern.compile(expression);
    }

    static boolean isOne(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** A name that takes an expression such as {@code (a|b)*} too deep does not match it: it must not end the job, again after each restart. */
    public boolean matches(String series) {
        try {
            return pattern.matcher(series).matches();
        } catch (StackOverflowError e) {
            if (!told) {
                LOG.warn(
                        "{}: expected an expression that can be tried on a name of {} characters, found {}; such names do not match",
                        owner,
                        series.length(),
                        pattern);
                told = true;
            }
            return false;
        }
    }
}
