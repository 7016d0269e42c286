package io.eddy.model;

/** Whether loops that the JIT makes no vectors of may be written with the JDK's Vector API (incubating, JEP 414): the classes {@code Vector…} load nowhere else. */
final class Vectors {
    /** Whether the JVM runs with {@code --add-modules jdk.incubator.vector}. */
    static final boolean THERE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Vectors() {}
}
