from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Interpreted
from interview_platform.execution.sandbox.spec import MB


class CommonLisp(Interpreted):
    id = "lisp"
    name = "Common Lisp"
    monaco = "scheme"
    file_name = "solution.lisp"
    packages = ("sbcl",)
    megabytes = 62
    limits = limits(384 * MB)  # the image takes 40; a collection needs room for copies
    out_of_memory = ("Heap exhausted", "HEAP-EXHAUSTED")
    command = ("sbcl",)
    options = ("--dynamic-space-size", "300MB", "--script")
    self_test = SelfTest(
        '(let ((numbers (list (read) (read))))\n  (format t "sum ~D ~A~%" (reduce #\'+ numbers) (code-char #x2713)))\n'
    )
