# Process 1 of a sandbox (perl -e <this> LIMIT PRLIMIT64 GETRUSAGE PRCTL PROGRAM ARGUMENTS...): starts the program, collects
# what it leaves behind, and says on descriptor 3 how it ended: "STATUS CPU_SECONDS MAXRSS_KB". bubblewrap's own
# process 1 turns a signal into exit status 128 + n, which a program may give itself as well.
# Perl, because every Debian has it (perl-base is essential) and it starts in 1 ms; supervise.py is the other form.
my ($limit, $prlimit64, $getrusage, $prctl) = splice(@ARGV, 0, 4);
my $pair = pack("QQ", $limit, $limit);
syscall($prlimit64, 0, 6, $pair, 0) == 0 or exit 125;    # RLIMIT_NPROC, of this user namespace only
# PR_SET_DUMPABLE: the program cannot reach in here by way of /proc/1. PRCTL is 0 where others have to see it as well.
$prctl == 0 or syscall($prctl, 4, 0, 0, 0, 0) == 0 or exit 125;
open(my $report, ">&=", 3) or exit 125;
my $program = fork;
defined $program or exit 125;
if (!$program) {
    close $report;
    exec { $ARGV[0] } @ARGV;
    print STDERR "cannot start $ARGV[0]: $!\n";
    exit 127;
}
my $ended;
do { $ended = wait } until $ended == $program or $ended < 0;
my $status = $?;
my $usage = "\0" x 144;
syscall($getrusage, -1, $usage);
my @u = unpack("q5", $usage);
syswrite $report, sprintf("%d %.6f %d\n", $status, $u[0] + $u[2] + ($u[1] + $u[3]) / 1e6, $u[4]);
exit 0;
