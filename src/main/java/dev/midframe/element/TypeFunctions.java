package dev.midframe.element;

/**
 * C functions that set up a class and an instance of the element, valid as long as the process. GObject calls both with two
 * pointers: the class and data, the instance and its class.
 *
 * @param initializeClass address of a GClassInitFunc
 * @param initializeInstance address of a GInstanceInitFunc
 */
public record TypeFunctions(long initializeClass, long initializeInstance) {}
