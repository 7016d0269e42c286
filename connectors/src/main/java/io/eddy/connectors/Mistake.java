package io.eddy.connectors;

/**
 * Something in a configuration that has to be changed.
 *
 * @param key of the option that is wrong; empty for the file as a whole
 * @param text which option, what is expected of it, what was found; in one line
 * @param line of the file, from 1; 0 where there is no file
 */
public record Mistake(String key, String text, int line) {
    public Mistake {
        text = Shown.inOneLine(text);
    }

    Mistake(String key, String text) {
        this(key, text, 0);
    }
}
