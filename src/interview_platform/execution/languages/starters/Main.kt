fun main() {
    generateSequence(::readLine).forEach { line ->
        println(line)
    }
}
