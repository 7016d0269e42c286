package io.eddy.bench;

import java.util.List;

/** One benchmark: measures its sides in turns and gives the figures. */
interface Bench {
    /** One sentence for the help. */
    String says();

    /**
     * Measures.
     *
     * @param log takes lines that show how far it is
     */
    List<Row> run(Log log) throws Exception;

    /** Where progress goes. */
    interface Log {
        void line(String text);
    }
}
