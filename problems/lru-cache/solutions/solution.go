import "container/list"

type entry struct{ key, value int }

type lruCache struct {
	capacity int
	entries  *list.List // the one used longest ago in front
	where    map[int]*list.Element
}

func (cache *lruCache) get(key int) int {
	found, there := cache.where[key]
	if !there {
		return -1
	}
	cache.entries.MoveToBack(found)
	return found.Value.(entry).value
}

func (cache *lruCache) put(key, value int) {
	if found, there := cache.where[key]; there {
		found.Value = entry{key, value}
		cache.entries.MoveToBack(found)
		return
	}
	if cache.entries.Len() == cache.capacity {
		oldest := cache.entries.Front()
		delete(cache.where, cache.entries.Remove(oldest).(entry).key)
	}
	cache.where[key] = cache.entries.PushBack(entry{key, value})
}

func runCache(capacity int, commands [][]int) []int {
	cache := lruCache{capacity, list.New(), map[int]*list.Element{}}
	answers := []int{}
	for _, command := range commands {
		if len(command) == 1 {
			answers = append(answers, cache.get(command[0]))
		} else {
			cache.put(command[0], command[1])
		}
	}
	return answers
}
