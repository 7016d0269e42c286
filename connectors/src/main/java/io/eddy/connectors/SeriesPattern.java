package io.eddy.connectors;

import java.io.Serializable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The regular expression by which a rule or a model takes the series whose whole name it matches. */
public final class SeriesPattern implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SeriesPattern.class);

    /** Characters that are looked at for one name, some milliseconds: three wildcards on a name of a hundred characters take less. */
    private static final int MOST_LOOKS = 500_000;

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

    /**
     * A name that takes an expression such as {@code (a|b)*} too deep, or one such as {@code (?:a+){1,50}b} too long, does not match it: it must neither
     * end the job nor hold it up, again after each restart.
     */
    public boolean matches(String series) {
        try {
            return pattern.matcher(new Looked(series)).matches();
        } catch (StackOverflowError | TooLongException e) {
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

    /** A name that counts how often it is looked at. */
    private static final class Looked implements CharSequence {
        private final String name;
        private int looks;

        Looked(String name) {
            this.name = name;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new TooLongException();
            }
            return name.charAt(index);
        }

        @Override
        public int length() {
            return name.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return name.subSequence(start, end);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super(
                    "series: expected at most " + MOST_LOOKS + " looks at its characters, found more",
                    null,
                    false,
                    false);
        }
    }
}
