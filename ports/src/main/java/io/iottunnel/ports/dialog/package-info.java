/**
 * What every dialog with a web proxy does in the same way, whatever HTTP library reads and writes
 * for it: which request follows which answer. A {@link io.iottunnel.ports.ConnectDialog} that an
 * adapter implements asks a {@link io.iottunnel.ports.dialog.ConnectCourse} at every turn; nobody
 * has to.
 */
package io.iottunnel.ports.dialog;
